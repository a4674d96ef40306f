-- Added up per order first: a join of orders is cheaper than a join of lines.
with per_order as (
  select
    order_id,
    count(*) as lines,
    count(*) filter (where filled_first_pass = quantity) as lines_filled,
    sum(quantity) as units,
    sum(filled_first_pass) as units_filled,
    sum(quantity - shipped - cancelled - allocated) as backordered
  from warehouse.order_lines
  group by order_id
)
select
  sites.site,
  coalesce(sum(per_order.lines), 0) as lines_requested,
  coalesce(sum(per_order.lines_filled), 0) as lines_filled,
  coalesce(sum(per_order.units), 0) as units_requested,
  coalesce(sum(per_order.units_filled), 0) as units_filled,
  coalesce(sum(per_order.units), 0) as demand_units,
  coalesce(sum(per_order.backordered), 0) as backordered_units
from warehouse.sites
left join (warehouse.orders join per_order using (order_id)) using (site)
group by sites.site
