-- What the buyers plan to hold of each SKU in each period after the opening; no rows for what a site does not sell. Stock
-- takes over its reorder point and quantity when the period begins.

alter table warehouse.business_clock add column opened_at timestamptz;

create table warehouse.stock_plan (
  period smallint not null check (period >= 0),
  site text not null references warehouse.sites,
  sku text not null references warehouse.products,
  reorder_point integer not null check (reorder_point >= 0),
  reorder_quantity integer not null check (reorder_quantity > 0),
  primary key (period, site, sku)
);
