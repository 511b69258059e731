package io.massivepipeline.job.output;

import java.math.BigDecimal;

/** Numbers as the contract writes them: plain decimals in the shortest form. */
final class PlainNumber {

    private static final int THOUSANDTHS = 3;

    private PlainNumber() {}

    static String of(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Of a finite number the shortest decimal that is nearest to it. */
    static String of(double number) {
        String text = Double.toString(number);
        // Most are plain and short already; a large chain has a hundred thousand of them.
        boolean isPlain = text.indexOf('E') < 0 && !text.endsWith("0");
        return isPlain ? text : of(new BigDecimal(text));
    }

    /** Thousandths of a dollar, in dollars. */
    static String ofThousandths(long thousandths) {
        return of(BigDecimal.valueOf(thousandths, THOUSANDTHS));
    }
}
