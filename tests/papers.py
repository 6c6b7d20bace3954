"""Pictures and PDFs as people upload them, with what a camera or a program noted in them."""

import io

import pikepdf
from PIL import Image

CAMERA = "Camera of the test"


def picture(kind="PNG", size=(60, 40), mode="RGB", color="green", **more):
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **more)
    return out.getvalue()


def photo(kind="JPEG", size=(60, 40), turned=1):
    """With the camera's name, the place, and how the camera was held."""
    notes = Image.Exif()
    notes[0x0110], notes[0x0112] = CAMERA, turned
    notes.get_ifd(0x8825)[29] = "2026:11:29"
    return picture(kind, size, exif=notes)


def pdf(pages=1, jpeg=b"", **more):
    """With an author, a script that runs when it is opened, an attachment, and a picture on its first page."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Author"] = CAMERA
    with document.open_metadata() as meta:
        meta["dc:creator"] = [CAMERA]
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.attachments["notes.txt"] = CAMERA.encode()
    if jpeg:
        image = pikepdf.Stream(document, jpeg)
        image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
        image.Width, image.Height = Image.open(io.BytesIO(jpeg)).size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
    out = io.BytesIO()
    document.save(out, **more)
    return out.getvalue()
