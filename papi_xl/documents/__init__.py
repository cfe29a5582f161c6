"""Plans kept as documents (.docx, plain text): their task tables, moved into the template."""
