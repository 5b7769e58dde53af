"""Every address: the screens of the console and of each measure."""

urlpatterns: list[object] = []
