-- A SKU is idle as long as nothing was picked from it. NULL while the warehouse is younger than that: then nobody knows.
-- The movements of the last weeks are read, not those of all time.
with spans (idle, since) as (
  select idle.name, clock.now_at - idle.span
  from warehouse.business_clock clock
  cross join (values ('7d', interval '7 days'), ('28d', interval '28 days')) as idle (name, span)
),
opened as (
  select min(placed_at) as at from warehouse.orders
)
select
  stock.site,
  products.currency,
  spans.idle,
  case
    when opened.at <= spans.since
    then coalesce(sum(stock.on_hand * products.unit_cost) filter (where not exists (
      select from warehouse.stock_movements moved
      where moved.sku = stock.sku and moved.moved_at > spans.since and moved.kind = 'pick' and moved.site = stock.site
    )), 0)
  end as idle_value
from spans
cross join opened
cross join warehouse.stock
join warehouse.products using (sku)
group by stock.site, products.currency, spans.idle, spans.since, opened.at
