/** Trade dates, and the regular sessions of the exchanges. */
package io.massivepipeline.sources.calendar;
