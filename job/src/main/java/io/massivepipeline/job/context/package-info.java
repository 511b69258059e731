/** Spot meets chain: strike window, expiries, selection, and what is broadcast of it. */
package io.massivepipeline.job.context;
