/**
 * What a trade of the options feed is: the contract, the exact price, the conditions and what they
 * report.
 */
package io.massivepipeline.sources.trade;
