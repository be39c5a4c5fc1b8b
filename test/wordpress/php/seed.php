<?php
// Installs WordPress into an empty database and fills it. Called as: php seed.php SITE < seed.json
error_reporting(E_ALL & ~E_DEPRECATED);
[, $site] = $argv;
$seed = json_decode(stream_get_contents(STDIN), true);
$_SERVER += ['HTTP_HOST' => parse_url($seed['home'], PHP_URL_HOST), 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1'];
define('WP_INSTALLING', true);
define('WP_SITEURL', $seed['home']);
require "$site/wp-load.php";
require ABSPATH . 'wp-admin/includes/upgrade.php';
require __DIR__ . '/newsroom.php';

// The notice about the new site would be sent by a program that isn't there.
add_filter('pre_wp_mail', '__return_true');
wp_install($seed['name'], $seed['admin']['name'], 'direction@example.org', true, '', $seed['admin']['password']);
foreach (['siteurl', 'home'] as $option) update_option($option, $seed['home']);
wp_insert_user(['user_login' => $seed['editor']['name'], 'user_pass' => $seed['editor']['password'], 'user_email' => 'redaction@example.org', 'role' => 'editor', 'display_name' => 'La rédaction']);
wp_set_current_user(1);
update_option('blogdescription', 'Entreprises, coopératives, territoires');
update_option('timezone_string', 'UTC');
update_option('comment_moderation', 0);
update_option('comment_previously_approved', 0);
update_option('active_plugins', ['federation-agenda/federation-agenda.php']);
switch_theme('twentytwentyone');
foreach ([1, 2, 3] as $id) wp_delete_post($id, true);
global $wp_rewrite;
$wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%postname%/');

$logo = newsroom_picture('logo', 1, 300, 300);
set_theme_mod('custom_logo', $logo['id']);
$pictures = [];
for ($i = 1; $i <= 6; $i++) $pictures[] = newsroom_picture("photo-$i", 10 + $i)['id'];
foreach ($seed['articles'] as $i => $article) {
    $article['picture'] = $i % 3 === 0 ? $pictures[$i % 6] : null;
    $published = newsroom_publish(array_filter($article, fn($value) => $value !== null));
    if ($i % 4 === 0) newsroom_comment($published['id'], "Lectrice $i", 'Merci pour ces précisions ; et la suite ?');
}
foreach ($seed['pages'] as $page) newsroom_publish($page + ['type' => 'page']);
foreach ($seed['menu'] as [$title, $path]) newsroom_menu_entry($title, $path);
newsroom_widget('<!-- wp:paragraph --><p>Rédaction : redaction@example.org</p><!-- /wp:paragraph -->');
flush_rewrite_rules(false);
