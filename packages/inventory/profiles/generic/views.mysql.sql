-- An example: views over a small shop. Keep the names and columns of the views, and write your own tables after "from".
-- Give the exporter's user SELECT on the views only. The stamps need indexes in the tables below.
create view evenkeel_stock as
select
  s.warehouse as site,
  s.sku,
  s.quantity as on_hand,
  s.reserved as allocated,
  s.reorder_level as reorder_point, -- NULL where there is none
  p.cost as unit_cost, -- NULL where it is not known
  'EUR' as currency
from shop_stock s
join shop_products p on p.sku = s.sku;

create view evenkeel_orders as
select
  o.id as order_id,
  o.updated_at as changed_at, -- set whenever the row is written
  o.created_at as placed_at, -- never changes
  o.warehouse as site,
  o.shipped_at,
  o.cancelled_at,
  timestampdiff(microsecond, o.created_at, o.shipped_at) / 1000000 as cycle_seconds
from shop_orders o;

create view evenkeel_order_lines as
select
  l.id as line_id,
  l.updated_at as changed_at,
  o.created_at as placed_at,
  o.warehouse as site,
  l.quantity,
  l.quantity - l.backordered as filled_first_pass, -- what stock could fill when the order came
  l.shipped * l.price as sales,
  'EUR' as currency
from shop_order_lines l
join shop_orders o on o.id = l.order_id;

create view evenkeel_incoming as
select p.warehouse as site, p.quantity - p.received as units
from shop_purchases p
where p.received < p.quantity;

create view evenkeel_returns as
select r.id as return_id, r.created_at as recorded_at, r.warehouse as site, r.quantity as units
from shop_returns r;
