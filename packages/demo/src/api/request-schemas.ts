import { z } from 'zod';
import { FIRST_PAGE } from '../catalogue/index.ts';
import { SITES } from '../schema/index.ts';
import { ORDER_FILTERS, PURCHASE_ORDER_FILTERS } from '../warehouse/index.ts';

const MOST_LINES = 2000;
const LARGEST_QUANTITY = 1_000_000;
const LARGEST_PRICE = 1_000_000;
const LARGEST_PAGE = 100;

const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    'expected up to 40 letters, digits, dots, dashes and underscores',
  );
const sku = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .transform((text) => text.toUpperCase());
const customer = z.string().trim().min(1).max(40);
const country = z.string().trim().min(1).max(60);
const site = z.enum(SITES.map((entry) => entry.site));
const instant = z.iso
  .datetime({ offset: true, error: 'expected an instant such as 2010-12-01T08:26:00Z' })
  .transform((text) => new Date(text));
const quantity = z.int().min(1).max(LARGEST_QUANTITY);
const amount = z.number().min(-LARGEST_PRICE).max(LARGEST_PRICE).multipleOf(0.0001);
const price = amount.min(0);
const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'expected a whole number')
  .transform(Number);

const goods = z
  .array(
    z
      .strictObject({ sku, quantity, unit_price: price })
      .transform((line) => ({ sku: line.sku, quantity: line.quantity, unitPrice: line.unit_price })),
  )
  .min(1)
  .max(MOST_LINES);
const charges = z
  .array(
    z
      .strictObject({
        code: z.string().trim().min(1).max(20),
        quantity: z.int().min(-LARGEST_QUANTITY).max(LARGEST_QUANTITY),
        unit_price: amount,
      })
      .transform((charge) => ({
        code: charge.code,
        quantity: charge.quantity,
        unitPrice: charge.unit_price,
      })),
  )
  .max(MOST_LINES)
  .default([]);

export const idParameter = id;
export const skuParameter = sku;
export const numberParameter = wholeNumber;

export const orderBody = z
  .strictObject({
    order_id: id,
    customer: customer.optional(),
    country,
    placed_at: instant,
    lines: goods,
    charges,
  })
  .transform(({ order_id, placed_at, ...rest }) => ({ orderId: order_id, placedAt: placed_at, ...rest }));

export const returnBody = z
  .strictObject({
    return_id: id,
    customer: customer.optional(),
    country,
    placed_at: instant,
    lines: goods,
    charges,
  })
  .transform(({ return_id, placed_at, ...rest }) => ({ returnId: return_id, placedAt: placed_at, ...rest }));

export const adjustmentBody = z
  .strictObject({
    adjustment_id: id,
    site: site.default('leicester'),
    at: instant,
    lines: z
      .array(
        z.strictObject({
          sku,
          quantity: z
            .int()
            .min(-LARGEST_QUANTITY)
            .max(LARGEST_QUANTITY)
            .refine((units) => units !== 0, 'expected another number than 0'),
        }),
      )
      .min(1)
      .max(MOST_LINES),
  })
  .transform(({ adjustment_id, ...rest }) => ({ adjustmentId: adjustment_id, ...rest }));

/** When something happened; the business time when left out. */
export const occasionBody = z.strictObject({ at: instant.optional() });
export const ratingBody = z.strictObject({ stars: z.int().min(1).max(5), at: instant.optional() });
export const knobBody = z.strictObject({ value: z.number() });
export const faultBody = z.strictObject({ active: z.boolean() });

export const productQuery = z
  .strictObject({
    search: z.string().trim().min(1).max(60).optional(),
    category: z.string().trim().min(1).max(60).optional(),
    page: wholeNumber.pipe(z.int().min(1)).default(1),
    page_size: wholeNumber.pipe(z.int().min(1).max(LARGEST_PAGE)).default(FIRST_PAGE.pageSize),
  })
  .transform(({ page_size, search, category, page }) => ({ search, category, page, pageSize: page_size }));
const limit = wholeNumber.pipe(z.int().min(1).max(1000)).default(LARGEST_PAGE);
export const stockQuery = z.strictObject({ sku: sku.optional(), site: site.optional(), limit });
export const quoteQuery = z.strictObject({
  customer,
  sku,
  quantity: wholeNumber.pipe(z.int().min(1).max(LARGEST_QUANTITY)),
});
export const orderQuery = z.strictObject({ status: z.enum(ORDER_FILTERS).optional(), limit });
export const purchaseOrderQuery = z.strictObject({
  status: z.enum(PURCHASE_ORDER_FILTERS).default('open'),
  limit,
});
