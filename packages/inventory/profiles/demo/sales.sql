-- Goods only, as they ship: charges such as postage are no sales of stock, and what comes back is counted as returned.
select
  orders.site,
  orders.currency,
  sum(lines.shipped * lines.unit_price) as sales,
  sum(lines.shipped * lines.unit_cost) as cogs
from warehouse.orders
join warehouse.order_lines lines using (order_id)
group by orders.site, orders.currency
