select stock.site, products.currency, sum(stock.on_hand * products.unit_cost) as value
from warehouse.stock
join warehouse.products using (sku)
group by stock.site, products.currency
