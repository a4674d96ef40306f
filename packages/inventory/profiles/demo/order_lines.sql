select
  sites.site,
  count(lines.sku) as lines_requested,
  count(lines.sku) filter (where lines.filled_first_pass = lines.quantity) as lines_filled,
  coalesce(sum(lines.quantity), 0) as units_requested,
  coalesce(sum(lines.filled_first_pass), 0) as units_filled,
  coalesce(sum(lines.quantity), 0) as demand_units,
  coalesce(sum(lines.quantity - lines.shipped - lines.cancelled - lines.allocated), 0) as backordered_units
from warehouse.sites
left join (warehouse.orders join warehouse.order_lines lines using (order_id)) using (site)
group by sites.site
