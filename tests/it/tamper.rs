#[test]
fn dump() {
    let office = crate::verify::published();
    std::fs::write("/tmp/vf/fixture.xlsx", office.run().file("Tong-hop-2019.xlsx")).unwrap();
}
