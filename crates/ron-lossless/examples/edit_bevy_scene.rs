//! Changes a Bevy scene by a program and keeps the comments of its author.
//!
//! ```text
//! cargo run --example edit_bevy_scene            (a scene that comes with the example)
//! cargo run --example edit_bevy_scene FILE       (one with the same entities)
//! ```

use ron_lossless::{EditError, RonDocument, RonValue, path};

const SCENE: &str = include_str!("level.scn.ron");
const TRANSFORM: &str = "bevy_transform::components::transform::Transform";
const PLAYER: &str = "game::player::Player";
const VOLUME: &str = "game::settings::Volume";
const VISIBILITY: &str = "bevy_render::view::visibility::Visibility";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scene = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(file)?,
        None => SCENE.to_owned(),
    };
    print!("{}", edited(&scene)?);
    Ok(())
}

/// Moves the player, gives them a shield, makes the music quieter and hides the camera.
fn edited(scene: &str) -> Result<String, EditError> {
    let mut doc = RonDocument::parse(scene);
    let player = path!["entities", "4294967296", "components"];
    let place = [player, path![TRANSFORM, "translation", "y"]].concat();
    doc.set(&place, 2.0)?;
    // `Some( )` and the grouping of the digits stay.
    doc.set(&[player, path![PLAYER, "health"]].concat(), 12_000)?;
    let inventory = [player, path![PLAYER, "inventory"]].concat();
    doc.push(&inventory, RonValue::bare("Shield"))?;

    doc.set(path!["resources", VOLUME, "music"], 0.25)?;

    // A component that is not there yet.
    let visibility = path!["entities", "4294967297", "components", VISIBILITY];
    doc.set(visibility, RonValue::bare("Hidden"))?;
    Ok(doc.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_changed_values_differ() {
        let edited = edited(SCENE).unwrap();
        let expected = SCENE
            .replace("y: 1.5", "y: 2.0")
            .replace("10_000", "12_000")
            .replace("Key(7),\n", "Key(7),\n            Shield,\n")
            .replace("music: 0.5", "music: 0.25")
            .replace(
                "\"Camera\",\n",
                "\"Camera\",\n        \"bevy_render::view::visibility::Visibility\": Hidden,\n",
            );
        assert_eq!(edited, expected);
    }
}
