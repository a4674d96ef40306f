-- One row per site and bucket. The bounds are those of inventory_order_cycle_seconds, in hours.
with cycles as (
  select site, shipped_at - placed_at as cycle
  from warehouse.orders
  where shipped_at is not null
)
select
  sites.site,
  (
    select min(hours) * 3600
    from unnest(array[1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 672]) as hours
    where cycle <= make_interval(hours => hours)
  ) as le,
  count(cycle) as observations,
  coalesce(extract(epoch from sum(cycle)), 0) as seconds
from warehouse.sites
left join cycles using (site)
group by 1, 2
