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
        return of(BigDecimal.valueOf(number));
    }

    /** Thousandths of a dollar, in dollars. */
    static String ofThousandths(long thousandths) {
        return of(BigDecimal.valueOf(thousandths, THOUSANDTHS));
    }
}
