# The product's own text, where the distro is `product`, and another one on one machine of it.
BANNER_TEXT:product = "The Product"
BANNER_TEXT:product:qemux86-64 = "The Product for PCs"
# Added to whichever won.
BANNER_TEXT:append = " (R)"
