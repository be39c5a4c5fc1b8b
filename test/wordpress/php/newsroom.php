<?php
// What an editor does with mouse and keyboard, as functions: used by seed.php once and by control.php in every test.

/** Article or page; returns its id and address below the site. `$a`: title, content, language, and what wp_insert_post takes. */
function newsroom_publish(array $a): array {
    $terms = array_map('newsroom_category', $a['categories'] ?? []);
    $id = wp_insert_post(wp_slash([
        'post_title' => $a['title'],
        'post_content' => $a['content'],
        'post_status' => $a['status'] ?? 'publish',
        'post_type' => $a['type'] ?? 'post',
        'post_author' => 1,
        'post_category' => $terms,
        'tags_input' => $a['tags'] ?? [],
        'post_password' => $a['password'] ?? '',
        'comment_status' => 'open',
    ] + (isset($a['date']) ? ['post_date' => $a['date'], 'post_date_gmt' => $a['date']] : [])), true);
    if (is_wp_error($id)) throw new Exception($id->get_error_message());
    if (isset($a['language'])) update_post_meta($id, 'language', $a['language']);
    if (isset($a['picture'])) set_post_thumbnail($id, $a['picture']);
    if ($a['sticky'] ?? false) stick_post($id);
    return newsroom_address($id);
}

function newsroom_address(int $id): array {
    return ['id' => $id, 'path' => wp_make_link_relative(get_permalink($id))];
}

function newsroom_category(string $name): int {
    $found = get_cat_ID($name);
    return $found ?: wp_insert_term($name, 'category')['term_id'];
}

/** A picture of coloured bands in uploads, with the smaller ones that WordPress makes of it. */
function newsroom_picture(string $name, int $seed, int $width = 1200, int $height = 800): array {
    $file = wp_upload_dir()['path'] . "/$name.png";
    newsroom_paint($file, $seed, $width, $height);
    $id = wp_insert_attachment(['post_title' => $name, 'post_mime_type' => 'image/png', 'post_status' => 'inherit'], $file);
    require_once ABSPATH . 'wp-admin/includes/image.php';
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
    return ['id' => $id, 'path' => wp_make_link_relative(wp_get_attachment_url($id)), 'file' => $file];
}

function newsroom_paint(string $file, int $seed, int $width, int $height): void {
    mt_srand($seed);
    $picture = imagecreatetruecolor($width, $height);
    for ($x = 0; $x < $width; $x += 40) {
        $colour = imagecolorallocate($picture, mt_rand(60, 220), mt_rand(60, 220), mt_rand(60, 220));
        imagefilledrectangle($picture, $x, 0, $x + 39, $height, $colour);
    }
    imagepng($picture, $file, 1);
}

function newsroom_comment(int $post, string $author, string $text): int {
    return wp_insert_comment([
        'comment_post_ID' => $post,
        'comment_author' => $author,
        'comment_author_email' => md5($author) . '@example.org',
        'comment_content' => $text,
        'comment_approved' => 1,
    ]);
}

/** In the menu at the top of every page. */
function newsroom_menu_entry(string $title, string $path): int {
    $menu = wp_get_nav_menu_object('Principal');
    $id = $menu ? $menu->term_id : wp_create_nav_menu('Principal');
    set_theme_mod('nav_menu_locations', ['primary' => $id] + get_nav_menu_locations());
    return wp_update_nav_menu_item($id, 0, [
        'menu-item-title' => $title,
        'menu-item-url' => home_url($path),
        'menu-item-status' => 'publish',
        'menu-item-type' => 'custom',
    ]);
}

/** A block in the footer of every page. */
function newsroom_widget(string $html): void {
    $widgets = array_filter(get_option('widget_block', []), 'is_array');
    $number = 1 + max([1, ...array_filter(array_keys($widgets), 'is_int')]);
    update_option('widget_block', $widgets + [$number => ['content' => $html], '_multiwidget' => 1]);
    $sidebars = wp_get_sidebars_widgets();
    $sidebars['sidebar-1'][] = "block-$number";
    wp_set_sidebars_widgets($sidebars);
}
