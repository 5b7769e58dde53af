"""Tests of schoolrounds."""
