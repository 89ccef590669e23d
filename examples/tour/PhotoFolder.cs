using DeepKeras.Vision;
using TorchSharp;

/// <summary>A folder of small pictures to play with: circles and squares, one folder per class.</summary>
internal static class PhotoFolder
{
    private const int Side = 48;
    private const int PerClass = 40;

    /// <summary>Draws the files and returns the folder.</summary>
    public static string Make(string folder)
    {
        var random = new Random(1);
        foreach (var name in new[] { "circle", "square" })
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            for (var i = 0; i < PerClass; i++)
            {
                var (row, column, radius, colour) = (random.Next(14, Side - 14), random.Next(14, Side - 14), random.Next(6, 12), random.Next(120, 256));
                var pixels = new byte[Side * Side * 3];
                for (var at = 0; at < Side * Side; at++)
                {
                    var (y, x) = (Math.Abs((at / Side) - row), Math.Abs((at % Side) - column));
                    var inside = name == "circle" ? (y * y) + (x * x) <= radius * radius : y <= radius && x <= radius;
                    for (var c = 0; c < 3; c++) pixels[(at * 3) + c] = (byte)(inside ? colour : random.Next(60));
                }
                using var picture = torch.tensor(pixels, [Side, Side, 3]);
                ImageFile.Save(Path.Combine(place, $"{i}.png"), picture);
            }
        }
        return folder;
    }
}
