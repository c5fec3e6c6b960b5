"""How fast the catalog is: a made catalogue of any size, served and asked beside bare views and a peer."""
