-- Units on hand over the units ordered per second in the last four weeks, or since the first order if that is later.
-- NULL with less than a week of orders, and where nothing was ordered: then nobody knows.
with period as (
  select
    clock.now_at,
    greatest(clock.now_at - interval '28 days', (select min(placed_at) from warehouse.orders)) as since
  from warehouse.business_clock clock
),
demand as (
  select orders.site, sum(lines.quantity) as units
  from period
  join warehouse.orders on orders.placed_at > period.since
  join warehouse.order_lines lines using (order_id)
  group by orders.site
),
on_hand as (
  select site, sum(on_hand) as units from warehouse.stock group by site
)
select
  on_hand.site,
  case
    when period.now_at - period.since >= interval '7 days'
    then on_hand.units * extract(epoch from period.now_at - period.since) / nullif(demand.units, 0)
  end as cover_seconds
from on_hand
cross join period
left join demand using (site)
