-- One row per site and bucket. The bounds are those of inventory_supplier_lead_time_seconds, in days.
with bounds as (
  select array[1, 2, 3, 4, 5, 7, 10, 14, 18, 21, 28, 35, 42, 56, 84] as days
),
lead_times as (
  select site, extract(epoch from received_at - ordered_at) as seconds
  from warehouse.purchase_orders
  where received_at is not null
)
select
  sites.site,
  (select min(day) * 86400 from bounds, unnest(bounds.days) day where lead_times.seconds <= day * 86400) as le,
  count(lead_times.seconds) as observations,
  coalesce(sum(lead_times.seconds), 0) as seconds
from warehouse.sites
left join lead_times using (site)
group by 1, 2
