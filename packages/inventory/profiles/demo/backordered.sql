-- The condition is that of the index order_lines_backordered, so only such lines are read.
select
  sites.site,
  coalesce(sum(lines.quantity - lines.shipped - lines.cancelled - lines.allocated), 0) as backordered_units
from warehouse.sites
left join (warehouse.orders join warehouse.order_lines lines using (order_id))
  on orders.site = sites.site and lines.quantity > lines.shipped + lines.cancelled + lines.allocated
group by sites.site
