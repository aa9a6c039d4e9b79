/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.watch;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * Records as JMX knows them, so that every JMX client and the stock servlet /jmx can read them without our classes. The fields
 * are strings, booleans, int, long and double.
 */
final class Rows {
    private static final Map<Class<?>, OpenType<?>> TYPES = Map.of(
            String.class, SimpleType.STRING,
            boolean.class, SimpleType.BOOLEAN,
            int.class, SimpleType.INTEGER,
            long.class, SimpleType.LONG,
            double.class, SimpleType.DOUBLE);

    private Rows() {}

    static CompositeData[] of(Collection<? extends Record> records) {
        return records.stream().map(Rows::row).toArray(CompositeData[]::new);
    }

    private static CompositeData row(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        String[] names = new String[components.length];
        OpenType<?>[] types = new OpenType<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                names[i] = components[i].getName();
                OpenType<?> type = TYPES.get(components[i].getType());
                if (type == null) {
                    throw new IllegalArgumentException(
                            components[i] + ": expected a string, boolean, int, long or double");
                }
                types[i] = type;
                components[i].getAccessor().setAccessible(true);
                values[i] = components[i].getAccessor().invoke(record);
            }
            String name = record.getClass().getSimpleName();
            return new CompositeDataSupport(new CompositeType(name, name, names, names, types), names, values);
        } catch (ReflectiveOperationException | OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
