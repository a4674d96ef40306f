-- Every *_at column is business time (the time of the replayed orders), except recorded_at and updated_at: these are
-- wall-clock change stamps, for readers that follow the tables by watermark.

create function warehouse.touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;

create table warehouse.business_clock (
  only_row boolean primary key default true check (only_row),
  now_at timestamptz not null,
  reviewed_at timestamptz,
  updated_at timestamptz not null default clock_timestamp()
);

create table warehouse.sites (
  site text primary key,
  name text not null,
  country text not null
);

create table warehouse.suppliers (
  supplier_id integer primary key,
  name text not null unique,
  country text not null,
  lead_time_mean_days numeric(6, 2) not null check (lead_time_mean_days > 0),
  lead_time_sd_days numeric(6, 2) not null check (lead_time_sd_days >= 0)
);

create table warehouse.categories (
  category text primary key
);

create table warehouse.products (
  sku text primary key check (sku = upper(sku) and sku <> ''),
  description text not null,
  category text not null references warehouse.categories,
  supplier_id integer not null references warehouse.suppliers,
  unit_cost numeric(12, 4) not null check (unit_cost >= 0),
  list_price numeric(12, 4) not null check (list_price >= 0),
  currency text not null default 'GBP' check (currency ~ '^[A-Z]{3}$'),
  updated_at timestamptz not null default clock_timestamp()
);
create index products_by_description on warehouse.products (description, sku);
create index products_by_category on warehouse.products (category, description, sku);

create table warehouse.product_prices (
  product_price_id bigint generated always as identity primary key,
  sku text not null references warehouse.products,
  price numeric(12, 4) not null check (price >= 0),
  currency text not null default 'GBP',
  reason text not null check (reason in ('opening', 'repricing')),
  priced_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index product_prices_by_sku on warehouse.product_prices (sku, product_price_id desc);

create table warehouse.stock (
  site text not null references warehouse.sites,
  sku text not null references warehouse.products,
  on_hand integer not null check (on_hand >= 0),
  allocated integer not null default 0 check (allocated >= 0),
  reorder_point integer not null check (reorder_point >= 0),
  reorder_quantity integer not null check (reorder_quantity > 0),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (site, sku),
  check (allocated <= on_hand)
);

create table warehouse.customers (
  customer_id text primary key,
  country text not null,
  first_seen_at timestamptz not null
);

create table warehouse.orders (
  order_id text primary key,
  customer_id text references warehouse.customers,
  country text not null,
  site text not null references warehouse.sites,
  status text not null default 'placed' check (status in ('placed', 'part_shipped', 'shipped', 'cancelled')),
  currency text not null default 'GBP',
  request_hash text not null,
  placed_at timestamptz not null,
  promised_at timestamptz not null,
  shipped_at timestamptz,
  cancelled_at timestamptz,
  updated_at timestamptz not null default clock_timestamp(),
  check (promised_at >= placed_at),
  check ((status = 'shipped') = (shipped_at is not null)),
  check ((status = 'cancelled') = (cancelled_at is not null))
);
create index orders_open on warehouse.orders (placed_at, order_id) where status in ('placed', 'part_shipped');
create index orders_by_customer on warehouse.orders (customer_id, placed_at desc);
create index orders_by_change on warehouse.orders (updated_at);

-- quantity = shipped + cancelled + allocated + backordered; filled_first_pass never changes after the order is placed.
create table warehouse.order_lines (
  order_id text not null references warehouse.orders,
  line_number integer not null check (line_number > 0),
  sku text not null references warehouse.products,
  quantity integer not null check (quantity > 0),
  filled_first_pass integer not null check (filled_first_pass >= 0),
  allocated integer not null default 0 check (allocated >= 0),
  shipped integer not null default 0 check (shipped >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  returned integer not null default 0 check (returned >= 0),
  unit_price numeric(12, 4) not null check (unit_price >= 0),
  unit_cost numeric(12, 4) not null check (unit_cost >= 0),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (order_id, line_number),
  check (filled_first_pass <= quantity),
  check (allocated + shipped + cancelled <= quantity),
  check (returned <= shipped)
);
create index order_lines_pickable on warehouse.order_lines (order_id) where allocated > 0;
create index order_lines_backordered on warehouse.order_lines (sku) where quantity > shipped + cancelled + allocated;
create index order_lines_by_change on warehouse.order_lines (updated_at);

create table warehouse.order_charges (
  order_id text not null references warehouse.orders,
  charge_number integer not null check (charge_number > 0),
  code text not null,
  quantity integer not null,
  unit_price numeric(12, 4) not null,
  primary key (order_id, charge_number)
);

create table warehouse.shipments (
  shipment_id bigint generated always as identity primary key,
  order_id text not null references warehouse.orders,
  parcel_number integer not null check (parcel_number > 0),
  site text not null references warehouse.sites,
  carrier text not null,
  tracking text not null unique,
  shipped_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (order_id, parcel_number)
);
create index shipments_by_record on warehouse.shipments (recorded_at);

create table warehouse.shipment_lines (
  shipment_id bigint not null references warehouse.shipments,
  order_id text not null,
  line_number integer not null,
  sku text not null references warehouse.products,
  quantity integer not null check (quantity > 0),
  primary key (shipment_id, line_number),
  foreign key (order_id, line_number) references warehouse.order_lines
);

-- due_at is when the supplier really delivers, drawn from its lead times; expected_at is what the buyer was told.
create table warehouse.purchase_orders (
  purchase_order_id bigint generated always as identity primary key,
  supplier_id integer not null references warehouse.suppliers,
  site text not null references warehouse.sites,
  status text not null default 'open' check (status in ('open', 'received')),
  currency text not null default 'GBP',
  ordered_at timestamptz not null,
  expected_at timestamptz not null,
  due_at timestamptz not null,
  received_at timestamptz,
  updated_at timestamptz not null default clock_timestamp(),
  check (due_at >= ordered_at),
  check ((status = 'received') = (received_at is not null))
);
create index purchase_orders_open on warehouse.purchase_orders (due_at) where status = 'open';
create index purchase_orders_by_change on warehouse.purchase_orders (updated_at);

create table warehouse.purchase_order_lines (
  purchase_order_id bigint not null references warehouse.purchase_orders,
  sku text not null references warehouse.products,
  quantity integer not null check (quantity > 0),
  received integer not null default 0 check (received >= 0),
  unit_cost numeric(12, 4) not null check (unit_cost >= 0),
  primary key (purchase_order_id, sku),
  check (received <= quantity)
);
create index purchase_order_lines_incoming on warehouse.purchase_order_lines (sku) where received < quantity;

create table warehouse.receipts (
  receipt_id bigint generated always as identity primary key,
  purchase_order_id bigint not null references warehouse.purchase_orders,
  site text not null references warehouse.sites,
  units integer not null check (units > 0),
  received_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);

create table warehouse.returns (
  return_id text primary key,
  customer_id text references warehouse.customers,
  site text not null references warehouse.sites,
  currency text not null default 'GBP',
  request_hash text not null,
  returned_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);

-- Of the quantity sent back, restocked went into stock; the rest had not left yet and was cancelled on its order line.
create table warehouse.return_lines (
  return_id text not null references warehouse.returns,
  line_number integer not null check (line_number > 0),
  sku text not null references warehouse.products,
  quantity integer not null check (quantity > 0),
  restocked integer not null check (restocked >= 0),
  unit_price numeric(12, 4) not null check (unit_price >= 0),
  order_id text,
  order_line_number integer,
  primary key (return_id, line_number),
  foreign key (order_id, order_line_number) references warehouse.order_lines,
  check (restocked <= quantity)
);

create table warehouse.return_charges (
  return_id text not null references warehouse.returns,
  charge_number integer not null check (charge_number > 0),
  code text not null,
  quantity integer not null,
  unit_price numeric(12, 4) not null,
  primary key (return_id, charge_number)
);

create table warehouse.stock_adjustments (
  adjustment_id text primary key,
  site text not null references warehouse.sites,
  request_hash text not null,
  adjusted_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);

-- applied differs from requested where stock that is promised to orders, or that is not there, cannot be written off.
create table warehouse.stock_adjustment_lines (
  adjustment_id text not null references warehouse.stock_adjustments,
  line_number integer not null check (line_number > 0),
  sku text not null references warehouse.products,
  requested integer not null check (requested <> 0),
  applied integer not null,
  primary key (adjustment_id, line_number)
);

-- The ledger of stock: for each site and SKU the quantities add up to stock.on_hand.
create table warehouse.stock_movements (
  movement_id bigint generated always as identity primary key,
  site text not null references warehouse.sites,
  sku text not null references warehouse.products,
  kind text not null check (kind in ('opening', 'receipt', 'pick', 'return', 'adjustment')),
  quantity integer not null check (quantity <> 0),
  reference text not null,
  moved_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  check ((kind in ('opening', 'receipt', 'return')) <= (quantity > 0)),
  check ((kind = 'pick') <= (quantity < 0))
);
create index stock_movements_by_sku on warehouse.stock_movements (sku, moved_at) include (kind, quantity);
create index stock_movements_by_record on warehouse.stock_movements (recorded_at);

-- Movements of years gone by, kept for the catalogue's popularity only; they say nothing about today's stock.
create table warehouse.archived_movements (
  sku text not null,
  kind text not null,
  quantity integer not null,
  moved_at timestamptz not null
);
create index archived_movements_by_sku on warehouse.archived_movements (sku, moved_at) include (kind, quantity);

create table warehouse.customer_ratings (
  order_id text primary key references warehouse.orders,
  stars smallint not null check (stars between 1 and 5),
  rated_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp()
);

create table warehouse.knobs (
  name text primary key,
  value numeric not null,
  version integer not null default 1,
  updated_at timestamptz not null default clock_timestamp()
);

create table warehouse.knob_changes (
  knob_change_id bigint generated always as identity primary key,
  name text not null references warehouse.knobs,
  old_value numeric not null,
  new_value numeric not null,
  version integer not null,
  changed_by text not null,
  idempotency_key text unique,
  request_hash text not null,
  changed_at timestamptz not null default clock_timestamp()
);

create table warehouse.faults (
  name text primary key,
  active boolean not null default false,
  changed_at timestamptz not null default clock_timestamp()
);

create trigger touch before update on warehouse.business_clock for each row execute function warehouse.touch_updated_at();
create trigger touch before update on warehouse.products for each row execute function warehouse.touch_updated_at();
create trigger touch before update on warehouse.stock for each row execute function warehouse.touch_updated_at();
create trigger touch before update on warehouse.orders for each row execute function warehouse.touch_updated_at();
create trigger touch before update on warehouse.order_lines for each row execute function warehouse.touch_updated_at();
create trigger touch before update on warehouse.purchase_orders for each row execute function warehouse.touch_updated_at();
