<?php
add_action('wp_enqueue_scripts', function () {
    wp_enqueue_style('redesign', get_stylesheet_uri(), [], '1.0');
    wp_enqueue_script('redesign', get_stylesheet_directory_uri() . '/masthead.js', [], '1.0', true);
});
