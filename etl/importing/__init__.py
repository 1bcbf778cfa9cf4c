"""Importers: the field's public data sets, each as a base of its own."""
