namespace DeepKeras.Vision.Visualization;

/// <summary>White paper of RGB pixels with rectangles, discs, pictures and text.</summary>
internal sealed class RasterCanvas
{
    private readonly byte[] _pixels;

    public RasterCanvas(int height, int width)
    {
        (Height, Width) = (height, width);
        _pixels = new byte[height * width * 3];
        _pixels.AsSpan().Fill(255);
    }

    public static Colour Ink { get; } = new(40, 40, 40);

    public static Colour White { get; } = new(255, 255, 255);

    public int Height { get; }

    public int Width { get; }

    /// <summary>How many pixels a text is long.</summary>
    public static int Length(string text, int scale) => text.Length == 0 ? 0 : ((text.Length * BitmapFont.Advance) - 1) * scale;

    /// <summary>How many pixels a line of text takes, the space to the next included.</summary>
    public static int LineHeight(int scale) => BitmapFont.LineHeight * scale;

    public void Fill(int y, int x, int height, int width, Colour colour)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(Width, x + width); column++) Set(row, column, colour, 1);
        }
    }

    /// <summary>Draws a disc with a smooth edge.</summary>
    public void Disc(double y, double x, double radius, Colour colour, double opacity = 1)
    {
        for (var row = (int)(y - radius - 1); row <= y + radius + 1; row++)
        {
            for (var column = (int)(x - radius - 1); column <= x + radius + 1; column++)
            {
                var distance = Math.Sqrt(((row - y) * (row - y)) + ((column - x) * (column - x)));
                Set(row, column, colour, opacity * Math.Clamp(radius + 0.5 - distance, 0, 1));
            }
        }
    }

    /// <summary>Lays RGB bytes <c>(height, width, 3)</c> down.</summary>
    public void Paint(ReadOnlySpan<byte> picture, int height, int width, int y, int x)
    {
        for (var row = 0; row < height; row++) picture.Slice(row * width * 3, width * 3).CopyTo(_pixels.AsSpan((((y + row) * Width) + x) * 3));
    }

    /// <summary>Writes a line from left to right.</summary>
    /// <param name="text">Cut with an ellipsis where it is longer than <paramref name="room"/>.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="room">Pixels that there is room for.</param>
    /// <param name="scale">The side of a dot.</param>
    /// <param name="colour">The ink.</param>
    public void Write(string text, int y, int x, int room, int scale, Colour colour) =>
        BitmapFont.Draw(text, room / scale, (column, row) => Fill(y + (row * scale), x + (column * scale), scale, scale, colour));

    /// <summary>Writes a line from below to above.</summary>
    /// <param name="text">Cut with an ellipsis where it is longer than <paramref name="room"/>.</param>
    /// <param name="y">Where it begins: its lower end.</param>
    /// <param name="x">The upper edge of the letters, which is on the left.</param>
    /// <param name="room">Pixels that there is room for.</param>
    /// <param name="scale">The side of a dot.</param>
    /// <param name="colour">The ink.</param>
    public void WriteUpwards(string text, int y, int x, int room, int scale, Colour colour) =>
        BitmapFont.Draw(text, room / scale, (column, row) => Fill(y - ((column + 1) * scale), x + (row * scale), scale, scale, colour));

    /// <summary>The picture: uint8, <c>(height, width, 3)</c>.</summary>
    public Tensor ToTensor() => torch.tensor(_pixels, [Height, Width, 3], ScalarType.Byte);

    private void Set(int y, int x, Colour colour, double opacity)
    {
        if (opacity <= 0 || y < 0 || x < 0 || y >= Height || x >= Width) return;
        var at = _pixels.AsSpan(((y * Width) + x) * 3, 3);
        at[0] = Mix(at[0], colour.Red, opacity);
        at[1] = Mix(at[1], colour.Green, opacity);
        at[2] = Mix(at[2], colour.Blue, opacity);
    }

    private static byte Mix(byte under, byte over, double opacity) => (byte)Math.Round(under + ((over - under) * opacity));
}
