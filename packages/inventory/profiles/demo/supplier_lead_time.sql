-- One row per site and bucket. The bounds are those of inventory_supplier_lead_time_seconds, in days.
with lead_times as (
  select site, received_at - ordered_at as lead_time
  from warehouse.purchase_orders
  where received_at is not null
)
select
  sites.site,
  (
    select min(days) * 86400
    from unnest(array[1, 2, 3, 4, 5, 7, 10, 14, 18, 21, 28, 35, 42, 56, 84]) as days
    where lead_time <= make_interval(days => days)
  ) as le,
  count(lead_time) as observations,
  coalesce(extract(epoch from sum(lead_time)), 0) as seconds
from warehouse.sites
left join lead_times using (site)
group by 1, 2
