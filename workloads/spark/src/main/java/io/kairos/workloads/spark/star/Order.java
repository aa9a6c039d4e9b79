/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

/**
 * A row of lineorder in plain Java, with what the queries ask of its dimensions. Immutable.
 *
 * @param week of the year by ISO 8601
 * @param price of all pieces, in cents
 * @param discount in percent
 */
record Order(
        int year,
        int month,
        int week,
        int customerCity,
        int supplierCity,
        int brand,
        long quantity,
        long discount,
        long price) {

    int yearMonth() {
        return year * 100 + month;
    }

    int customerNation() {
        return nation(customerCity);
    }

    int customerRegion() {
        return region(customerCity);
    }

    int supplierNation() {
        return nation(supplierCity);
    }

    int supplierRegion() {
        return region(supplierCity);
    }

    private static int nation(int city) {
        return city / StarData.CITIES_A_NATION;
    }

    private static int region(int city) {
        return nation(city) / StarData.NATIONS_A_REGION;
    }

    int category() {
        return brand / StarData.BRANDS_A_CATEGORY;
    }

    int manufacturer() {
        return category() / StarData.CATEGORIES_A_MANUFACTURER;
    }

    long discounted() {
        return price * discount;
    }

    long revenue() {
        return price * (100 - discount) / 100;
    }

    long profit() {
        return revenue() - price * StarData.SUPPLY_PERCENT / 100;
    }
}
