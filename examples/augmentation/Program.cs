// Every augmentation on one photo, as a contact sheet; boxes move along.
// usage: augmentation [photo] [output folder]     without a photo: a kangaroo and its box from the shared data
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using DeepKeras.Vision;
using DeepKeras.Vision.Visualization;
using TorchSharp;

var folder = args.Length > 1 ? args[1] : "out";
Directory.CreateDirectory(folder);
SetRandomSeed(12);

var archive = Candidates().FirstOrDefault(File.Exists);
if (args.Length == 0 && archive is null)
{
    Console.WriteLine("There is no kangaroo.zip: give a photo, as in 'augmentation photo.jpg', or set DEEPKERAS_DATA to the folder of the file.");
    return 1;
}

var (photo, boxes) = args.Length > 0 ? (ImageFile.Load(args[0], 3), null) : Kangaroo(archive!, "00017");
var partner = archive is null ? null : Kangaroo(archive, "00019").Photo;
var sheet = AugmentationSheet.Of(photo, boxes, partner: partner);
var file = Path.Combine(folder, "augmentation.png");
sheet.Save(file);
Console.WriteLine($"{sheet.Count} pictures of a photo of {photo.shape[1]} × {photo.shape[0]} pixels: {file}");

// The same layers change batches, masks and boxes; here a rotation of one image and its boxes.
if (boxes is not null)
{
    var turned = new RandomRotation([0.05, 0.05]).Apply(new ImageSamples(photo, Boxes: boxes));
    Console.WriteLine($"The box {Text(boxes)} turned by 18° is {Text(turned.Boxes!)}");
}
return 0;

static IEnumerable<string> Candidates()
{
    if (Environment.GetEnvironmentVariable("DEEPKERAS_DATA") is { Length: > 0 } folder) yield return Path.Combine(folder, "kangaroo.zip");
    for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent) yield return Path.Combine(at.FullName, "..", "shared", "data", "kangaroo.zip");
}

static (torch.Tensor Photo, torch.Tensor? Boxes) Kangaroo(string archive, string number)
{
    using var zip = ZipFile.OpenRead(archive);
    using var picture = zip.GetEntry($"images/{number}.jpg")!.Open();
    using var notes = zip.GetEntry($"annots/{number}.xml")!.Open();
    var corners = XDocument.Load(notes).Descendants("bndbox")
        .SelectMany(b => new[] { "xmin", "ymin", "xmax", "ymax" }.Select(side => float.Parse(b.Element(side)!.Value, CultureInfo.InvariantCulture)))
        .ToArray();
    return (ImageFile.Load(picture, 3), torch.tensor(corners, [corners.Length / 4, 4]));
}

static string Text(torch.Tensor boxes) => "(" + string.Join(", ", boxes.to(torch.ScalarType.Float32).data<float>().ToArray().Select(v => v.ToString("0.0", CultureInfo.InvariantCulture))) + ")";
