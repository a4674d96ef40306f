-- All five, at zero too: a counter that appears with its first event hides that event from rate().
select sites.site, stars.rating, count(ratings.order_id) as ratings
from warehouse.sites
cross join generate_series(1, 5) as stars (rating)
left join (warehouse.orders join warehouse.customer_ratings ratings using (order_id))
  on orders.site = sites.site and ratings.stars = stars.rating
group by sites.site, stars.rating
