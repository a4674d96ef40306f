select sites.site, stars.rating
from warehouse.sites
cross join generate_series(1, 5) as stars (rating)
