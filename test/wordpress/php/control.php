<?php
// Runs PHP inside WordPress for a test, over a socket that only the test knows. Body: {"code", "args"}; answers JSON.
ini_set('display_errors', '0');
$asked = json_decode(file_get_contents('php://input'), true);
$_SERVER['HTTP_HOST'] = 'localhost';
require $_SERVER['WORDPRESS_SITE'] . '/wp-load.php';
require __DIR__ . '/newsroom.php';
// Whom WordPress lets save frames and scripts.
wp_set_current_user(1);
header('content-type: application/json');
try {
    $run = fn(array $args) => eval($asked['code']);
    echo json_encode($run($asked['args']), JSON_THROW_ON_ERROR);
} catch (Throwable $error) {
    http_response_code(500);
    echo json_encode((string) $error);
}
