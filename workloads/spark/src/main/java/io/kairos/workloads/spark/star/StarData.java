/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

import io.kairos.workloads.spark.Draw;
import io.kairos.workloads.spark.Hash64;

/**
 * What the rows of the star schema are drawn from, and how many there are. Dimensions count their keys from 0; days count
 * from 1 January 1992. Amounts are whole cents. Immutable.
 *
 * @param seed the same seed gives the same rows
 * @param scale 1 is 6 million orders
 */
public record StarData(long seed, double scale) {

    /** 1 January 1992 to 31 December 1998. */
    static final int DAYS = 2557;

    static final int CITIES = 250;
    static final int CITIES_A_NATION = 10;
    static final int NATIONS_A_REGION = 5;
    static final int BRANDS = 1000;
    static final int BRANDS_A_CATEGORY = 40;
    static final int CATEGORIES_A_MANUFACTURER = 5;

    static final long LEAST_PRICE = 90_000;
    /** Of its price an order costs the supplier so much. */
    static final long SUPPLY_PERCENT = 60;

    private static final long PRICES = 20_001;
    private static final long QUANTITIES = 50;
    private static final long DISCOUNTS = 11;

    public long orders() {
        return scaled(6_000_000, 1_000);
    }

    long customers() {
        return scaled(30_000, 2_500);
    }

    long suppliers() {
        return scaled(2_000, 1_000);
    }

    long parts() {
        return scaled(200_000, 5_000);
    }

    /** At least so many that every city and every brand has some, but for a few. */
    private long scaled(long atScale1, long least) {
        return Math.max(least, Math.round(atScale1 * scale));
    }

    Draw customerOfOrder() {
        return draw(0, customers());
    }

    Draw supplierOfOrder() {
        return draw(1, suppliers());
    }

    Draw partOfOrder() {
        return draw(2, parts());
    }

    Draw dayOfOrder() {
        return draw(3, DAYS);
    }

    /** One less than the quantity. */
    Draw quantityOfOrder() {
        return draw(4, QUANTITIES);
    }

    /** In percent. */
    Draw discountOfOrder() {
        return draw(5, DISCOUNTS);
    }

    /** What a piece costs beyond the least price. */
    Draw priceOfOrder() {
        return draw(6, PRICES);
    }

    Draw cityOfCustomer() {
        return draw(7, CITIES);
    }

    Draw cityOfSupplier() {
        return draw(8, CITIES);
    }

    Draw brandOfPart() {
        return draw(9, BRANDS);
    }

    private Draw draw(int attribute, long choices) {
        return new Draw(Hash64.of(attribute, seed), choices);
    }
}
