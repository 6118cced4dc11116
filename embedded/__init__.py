"""A real Postgres, a real Valkey and every process of the Procfile on one machine, without Docker."""
