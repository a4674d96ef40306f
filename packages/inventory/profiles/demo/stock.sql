-- What a site neither has nor would order again it does not stock.
select
  sites.site,
  count(stock.sku) filter (where stock.on_hand > 0 or stock.reorder_point > 0) as skus,
  count(stock.sku) filter (where stock.on_hand - stock.allocated <= 0 and (stock.on_hand > 0 or stock.reorder_point > 0))
    as skus_out_of_stock,
  count(stock.sku) filter (where stock.on_hand - stock.allocated < stock.reorder_point) as skus_below_reorder_point,
  coalesce(sum(stock.on_hand), 0) as on_hand_units,
  coalesce(sum(stock.allocated), 0) as allocated_units
from warehouse.sites
left join warehouse.stock using (site)
group by sites.site
