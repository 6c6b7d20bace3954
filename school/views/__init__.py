from school.views.home import home

__all__ = ["home"]
