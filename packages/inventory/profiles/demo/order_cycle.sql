-- One row per site and bucket. The bounds are those of inventory_order_cycle_seconds, in hours.
with bounds as (
  select array[1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 672] as hours
),
cycles as (
  select site, extract(epoch from shipped_at - placed_at) as seconds
  from warehouse.orders
  where shipped_at is not null
)
select
  sites.site,
  (select min(hour) * 3600 from bounds, unnest(bounds.hours) hour where cycles.seconds <= hour * 3600) as le,
  count(cycles.seconds) as observations,
  coalesce(sum(cycles.seconds), 0) as seconds
from warehouse.sites
left join cycles using (site)
group by 1, 2
