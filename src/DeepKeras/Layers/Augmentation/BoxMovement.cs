namespace DeepKeras.Layers;

/// <summary>Moves a box: its four corners are mapped, what lies outside the image is cut away, and an upright box is put around the rest.</summary>
internal static class BoxMovement
{
    /// <summary>A share of the greatest w below which a point counts as being at the horizon.</summary>
    private const double Horizon = 1e-6;

    /// <summary>The least extent of a box, in pixels.</summary>
    private const double LeastExtent = 1e-6;

    /// <param name="box">(xMin, yMin, xMax, yMax); overwritten, with −1 if nothing is left.</param>
    /// <param name="movement">Where points go.</param>
    /// <param name="height">Rows of the image afterwards.</param>
    /// <param name="width">Columns of the image afterwards.</param>
    /// <returns>Whether there is a box.</returns>
    public static bool Apply(Span<double> box, Homography movement, int height, int width)
    {
        if (!(box[2] > box[0] && box[3] > box[1])) return None(box);
        (double X, double Y, double W)[] corners = [movement.Map(box[0], box[1]), movement.Map(box[2], box[1]), movement.Map(box[2], box[3]), movement.Map(box[0], box[3])];
        // A box across the horizon of a strong perspective comes to lie on both sides of it; cut in homogeneous coordinates, each part stays where it is seen.
        var least = Horizon * corners.Max(c => Math.Abs(c.W));
        List<(double X, double Y)> seen = [.. Seen(corners), .. Seen(Array.ConvertAll(corners, c => (-c.X, -c.Y, -c.W)))];
        if (seen.Count == 0) return None(box);
        box[0] = Math.Clamp(seen.Min(c => c.X), 0, width);
        box[1] = Math.Clamp(seen.Min(c => c.Y), 0, height);
        box[2] = Math.Clamp(seen.Max(c => c.X), 0, width);
        box[3] = Math.Clamp(seen.Max(c => c.Y), 0, height);
        return (box[2] - box[0] > LeastExtent && box[3] - box[1] > LeastExtent) || None(box);

        IEnumerable<(double X, double Y)> Seen(IReadOnlyList<(double X, double Y, double W)> polygon)
        {
            polygon = Cut(polygon, c => c.W - least);
            polygon = Cut(polygon, c => c.X);
            polygon = Cut(polygon, c => (width * c.W) - c.X);
            polygon = Cut(polygon, c => c.Y);
            polygon = Cut(polygon, c => (height * c.W) - c.Y);
            return polygon.Select(c => (c.X / c.W, c.Y / c.W));
        }
    }

    /// <summary>What is left of a polygon where a linear function is not negative (Sutherland and Hodgman 1974).</summary>
    private static List<(double X, double Y, double W)> Cut(IReadOnlyList<(double X, double Y, double W)> polygon, Func<(double X, double Y, double W), double> inside)
    {
        var left = new List<(double X, double Y, double W)>(polygon.Count + 1);
        for (var i = 0; i < polygon.Count; i++)
        {
            var (from, to) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            var (before, after) = (inside(from), inside(to));
            if (before >= 0) left.Add(from);
            if (before >= 0 == after >= 0) continue;
            var t = before / (before - after);
            left.Add((from.X + (t * (to.X - from.X)), from.Y + (t * (to.Y - from.Y)), from.W + (t * (to.W - from.W))));
        }
        return left;
    }

    private static bool None(Span<double> box)
    {
        box.Fill(-1);
        return false;
    }
}
