<!doctype html>
<html <?php language_attributes(); ?>>
<head>
  <meta charset="<?php bloginfo('charset'); ?>">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <?php wp_head(); ?>
</head>
<body <?php body_class(); ?>>
<?php wp_body_open(); ?>
<div id="page" class="site">
  <div class="masthead">
    <p class="masthead-name"><a href="<?php echo esc_url(home_url('/')); ?>"><?php bloginfo('name'); ?></a></p>
    <?php the_custom_logo(); ?>
    <section class="masthead-search"><?php get_search_form(); ?></section>
  </div>
  <nav class="masthead-menu"><?php wp_nav_menu(['theme_location' => 'primary', 'container' => false]); ?></nav>
  <div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
