-- Lines are placed with their order, and what was ordered and filled at first never changes.
select
  orders.order_id,
  orders.updated_at,
  orders.placed_at,
  orders.site,
  1 as placed,
  case when orders.status = 'cancelled' then 1 else 0 end as cancelled,
  extract(epoch from orders.shipped_at - orders.placed_at) as cycle_seconds,
  lines.requested,
  lines.filled,
  lines.units_requested,
  lines.units_filled,
  lines.units_requested as demand_units
from warehouse.orders
cross join lateral (
  select
    count(*) as requested,
    count(*) filter (where filled_first_pass = quantity) as filled,
    coalesce(sum(quantity), 0) as units_requested,
    coalesce(sum(filled_first_pass), 0) as units_filled
  from warehouse.order_lines
  where order_lines.order_id = orders.order_id
) lines
