<?php
// Before every page: a server that is slow, where a test says so.
$slow = $_SERVER['WORDPRESS_SLOW'] ?? '';
if ($slow !== '' && is_file($slow)) usleep(1000 * (int) file_get_contents($slow));
