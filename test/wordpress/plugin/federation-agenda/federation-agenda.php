<?php
/*
Plugin Name: Federation agenda
Description: The next meeting, below each page. For tests of Kasbah's.
Version: 1.0
*/

define('FEDERATION_AGENDA_VERSION', '1.0');

add_action('wp_enqueue_scripts', function () {
    wp_enqueue_script('federation-agenda', plugins_url('agenda.js', __FILE__), [], FEDERATION_AGENDA_VERSION, true);
    wp_localize_script('federation-agenda', 'federationAgenda', [
        'ajax' => admin_url('admin-ajax.php'),
        'nonce' => wp_create_nonce('federation-agenda'),
    ]);
    wp_enqueue_style('federation-agenda', plugins_url('agenda.css', __FILE__), [], FEDERATION_AGENDA_VERSION);
});

add_action('wp_footer', function () {
    echo '<aside class="federation-agenda" data-agenda-on="2031-05-01"><p>Assemblée générale <output></output></p></aside>';
});

// An article says which language it is in; the theme's texts stay the site's.
add_filter('language_attributes', function ($attributes) {
    $language = is_singular() ? get_post_meta(get_queried_object_id(), 'language', true) : '';
    if ($language === '') return $attributes;
    return 'lang="' . esc_attr($language) . '" dir="' . ($language === 'ar' ? 'rtl' : 'ltr') . '"';
});
