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
        List<(double X, double Y, double W)> corners = [movement.Map(box[0], box[1]), movement.Map(box[2], box[1]), movement.Map(box[2], box[3]), movement.Map(box[0], box[3])];
        // Cut in homogeneous coordinates, so that a corner behind the horizon does not come back on the other side.
        var least = Horizon * corners.Max(c => Math.Abs(c.W));
        corners = Cut(corners, c => c.W - least);
        corners = Cut(corners, c => c.X);
        corners = Cut(corners, c => (width * c.W) - c.X);
        corners = Cut(corners, c => c.Y);
        corners = Cut(corners, c => (height * c.W) - c.Y);
        if (corners.Count == 0) return None(box);
        box[0] = Math.Clamp(corners.Min(c => c.X / c.W), 0, width);
        box[1] = Math.Clamp(corners.Min(c => c.Y / c.W), 0, height);
        box[2] = Math.Clamp(corners.Max(c => c.X / c.W), 0, width);
        box[3] = Math.Clamp(corners.Max(c => c.Y / c.W), 0, height);
        return (box[2] - box[0] > LeastExtent && box[3] - box[1] > LeastExtent) || None(box);
    }

    /// <summary>What is left of a polygon where a linear function is not negative (Sutherland and Hodgman 1974).</summary>
    private static List<(double X, double Y, double W)> Cut(List<(double X, double Y, double W)> polygon, Func<(double X, double Y, double W), double> inside)
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
