/** The provider's REST interface: requests, pages, errors, and how often it may be asked. */
package io.massivepipeline.sources.poll.rest;
