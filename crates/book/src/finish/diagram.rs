//! Mermaid diagrams, drawn when the book is built, in the colors of the page.

use super::page::{plain_text, unescape};
use crate::svg::escape;
use mermaid_svg::Theme;

/// What each color of the drawing library stands for, as a variable of the style sheet.
const COLORS: [(&str, &str); 2] = [("\"#fff\"", "\"var(--bg)\""), ("\"#333\"", "\"var(--line)\"")];

/// Draws the source of a diagram. Its number and caption, from the enclosing figure, become title and
/// description.
///
/// # Errors
/// What is wrong and what to do.
pub(super) fn draw(source: &str, figure: Option<&str>) -> Result<String, (String, String)> {
    let wrong = |what: &str, advice: &str| Err((format!("the diagram {what}"), advice.to_owned()));
    let Some((id, caption)) = figure.and_then(id_and_caption) else {
        return wrong("stands in no figure with an id and a caption", "show it with `{{#figure …}}`");
    };
    let svg = match mermaid_svg::render_with(&unescape(source), &theme()) {
        Ok(svg) => svg,
        Err(error) => return wrong(&format!("`{id}` cannot be drawn: {error}"), "correct its Mermaid source"),
    };
    let Some((tag, body)) = svg.split_once('>') else {
        return wrong(&format!("`{id}` was drawn as something else than SVG"), "check the version of mermaid-svg");
    };
    let Some((width, height)) = size(tag) else {
        return wrong(&format!("`{id}` has no viewBox"), "check the version of mermaid-svg");
    };
    if let Some((one, other)) = touching(body) {
        return wrong(
            &format!("`{id}` writes `{one}` over `{other}`"),
            "shorten these labels, or put one of them into a box",
        );
    }
    let mut body = own_ids(body, &id);
    if runs_down(source) {
        body = body.split("<path ").map(straightened).collect::<Vec<_>>().join("<path ");
    }
    for (color, variable) in COLORS {
        body = body.replace(color, variable);
    }
    if let Some(at) = body.find("=\"#") {
        let color: String = body[at + 2..].chars().take(7).collect();
        return wrong(
            &format!("`{id}` holds the fixed color {color}"),
            "use shapes that diagram.rs gives colors to, or add this one",
        );
    }
    let (name, about) = caption;
    Ok(format!(
        concat!(
            r#"<svg class="mermaid" role="img" aria-labelledby="{id}-title {id}-about" viewBox="0 0 {w} {h}" "#,
            r#"width="{w}" height="{h}" xmlns="http://www.w3.org/2000/svg"><title id="{id}-title">{name}</title>"#,
            r#"<desc id="{id}-about">{about}</desc>{body}"#
        ),
        id = id,
        w = width,
        h = height,
        name = escape(&name),
        about = escape(&about),
        body = body
    ))
}

/// The figure's id, and its caption as number and words.
fn id_and_caption(figure: &str) -> Option<(String, (String, String))> {
    let tag = &figure[..figure.find('>')?];
    let id = tag.split_once("id=\"")?.1.split_once('"')?.0;
    let start = figure.find("<figcaption")?;
    let caption = &figure[start..];
    let caption = &caption[caption.find('>')? + 1..caption.find("</figcaption>")?];
    let (number, words) = caption.split_once("</a>").unwrap_or(("", caption));
    let (number, words) = (plain_text(number), plain_text(words));
    let number = if number.is_empty() { "Diagram".to_owned() } else { number };
    (!words.is_empty()).then(|| (id.to_owned(), (number, words)))
}

/// Two texts that overlap, which the drawing library does not prevent for labels of arrows.
fn touching(body: &str) -> Option<(String, String)> {
    let texts: Vec<(f64, f64, String)> = body.split("<text ").skip(1).filter_map(place).collect();
    let half = |words: &str| crate::svg::width_of(words, 12.0) / 2.0;
    for (index, (x, y, words)) in texts.iter().enumerate() {
        for (other_x, other_y, other) in &texts[index + 1..] {
            if (y - other_y).abs() < 11.0 && (x - other_x).abs() < half(words) + half(other) {
                return Some((words.clone(), other.clone()));
            }
        }
    }
    None
}

/// Where a text stands that is set around its middle, and its words.
fn place(text: &str) -> Option<(f64, f64, String)> {
    let (tag, rest) = text.split_once('>')?;
    let number = |name: &str| tag.split_once(name)?.1.split_once('"')?.0.parse::<f64>().ok();
    let middle = tag.contains(r#"text-anchor="middle""#);
    let words = plain_text(rest.split_once("</text>")?.0);
    middle.then_some((number("x=\"")?, number("y=\"")?, words))
}

/// Whether the arrows of a flowchart lead from top to bottom.
fn runs_down(source: &str) -> bool {
    let mut words = source.split_whitespace();
    matches!(words.next(), Some("flowchart" | "graph")) && matches!(words.next(), Some("TD" | "TB"))
}

/// The drawing library lets every bent arrow end sideways, also one that comes from above, so that half
/// of its head is hidden by the box. This bends such an arrow so that it leaves and arrives upright; its
/// middle, where the label is, stays in place.
fn straightened(path: &str) -> String {
    let bent = || {
        let (line, rest) = path.strip_prefix("d=\"M")?.split_once('"')?;
        let points: Vec<f64> = line
            .split(|c: char| c.is_whitespace() || "LC,".contains(c))
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        let [x, y, ..] = points[..] else { return None };
        let [.., before, end_x, end_y] = points[..] else { return None };
        let arrow = line.contains('C') && rest.contains("marker-end") && before == end_y && end_y > y;
        let middle = (y + end_y) / 2.0;
        arrow.then(|| format!("d=\"M{x} {y}C{x} {middle} {end_x} {middle} {end_x} {end_y}\"{rest}"))
    };
    bent().unwrap_or_else(|| path.to_owned())
}

fn size(tag: &str) -> Option<(&str, &str)> {
    let view = tag.split_once("viewBox=\"0 0 ")?.1;
    view[..view.find('"')?].split_once(' ')
}

/// Gives the ends of arrows ids that no other diagram on the page has.
fn own_ids(body: &str, id: &str) -> String {
    body.replace("id=\"", &format!("id=\"{id}-")).replace("url(#", &format!("url(#{id}-"))
}

fn theme() -> Theme {
    let (words, line) = ("var(--words)", "var(--line)");
    let (shape, edge, ground) = ("var(--shape)", "var(--shape-line)", "var(--bg)");
    let mut theme = Theme::default();
    for field in [&mut theme.fg, &mut theme.fg_muted] {
        *field = words.into();
    }
    for field in [&mut theme.bg, &mut theme.flow_label_bg, &mut theme.frame_label_fill] {
        *field = ground.into();
    }
    for field in [&mut theme.actor_fill, &mut theme.flow_node_fill, &mut theme.note_fill, &mut theme.activation_fill] {
        *field = shape.into();
    }
    for field in
        [&mut theme.actor_stroke, &mut theme.flow_node_stroke, &mut theme.note_stroke, &mut theme.activation_stroke]
    {
        *field = edge.into();
    }
    for field in
        [&mut theme.lifeline, &mut theme.arrow_stroke, &mut theme.flow_edge_stroke, &mut theme.flow_cluster_stroke]
    {
        *field = line.into();
    }
    theme.flow_cluster_fill = "none".into();
    theme
}
