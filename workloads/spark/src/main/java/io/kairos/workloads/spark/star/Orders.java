/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

import io.kairos.workloads.spark.Draw;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All orders in plain Java, joined with their dimensions. Keeps a number a customer, supplier and part. */
final class Orders {

    private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 1);

    private final StarData data;
    private final int[] customerCities;
    private final int[] supplierCities;
    private final int[] brands;
    private final LocalDate[] days;
    private final int[] weeks;

    Orders(StarData data) {
        this.data = data;
        this.customerCities = all(data.cityOfCustomer(), data.customers());
        this.supplierCities = all(data.cityOfSupplier(), data.suppliers());
        this.brands = all(data.brandOfPart(), data.parts());
        this.days =
                IntStream.range(0, StarData.DAYS).mapToObj(FIRST_DAY::plusDays).toArray(LocalDate[]::new);
        this.weeks = IntStream.range(0, StarData.DAYS)
                .map(day -> days[day].get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                .toArray();
    }

    private static int[] all(Draw draw, long count) {
        return IntStream.range(0, Math.toIntExact(count))
                .map(id -> (int) draw.of(id))
                .toArray();
    }

    void forEach(Consumer<Order> consumer) {
        Draw customer = data.customerOfOrder();
        Draw supplier = data.supplierOfOrder();
        Draw part = data.partOfOrder();
        Draw dayDraw = data.dayOfOrder();
        Draw pieces = data.quantityOfOrder();
        Draw discount = data.discountOfOrder();
        Draw price = data.priceOfOrder();
        long count = data.orders();
        for (long id = 0; id < count; id++) {
            int day = (int) dayDraw.of(id);
            long quantity = pieces.of(id) + 1;
            consumer.accept(new Order(
                    days[day].getYear(),
                    days[day].getMonthValue(),
                    weeks[day],
                    customerCities[(int) customer.of(id)],
                    supplierCities[(int) supplier.of(id)],
                    brands[(int) part.of(id)],
                    quantity,
                    discount.of(id),
                    quantity * (price.of(id) + StarData.LEAST_PRICE)));
        }
    }
}
