namespace DeepKeras.Layers;

/// <summary>A projective map of the plane as a 3 × 3 matrix that acts on (x, y, 1): row by row a, b, c.</summary>
internal readonly record struct Homography(double A0, double A1, double A2, double B0, double B1, double B2, double C0 = 0, double C1 = 0, double C2 = 1)
{
    public static Homography Identity => new(1, 0, 0, 0, 1, 0);

    /// <summary>Whether parallels stay parallel.</summary>
    public bool IsAffine => C0 == 0 && C1 == 0;

    public static Homography Translation(double x, double y) => new(1, 0, x, 0, 1, y);

    public static Homography Scaling(double x, double y) => new(x, 0, 0, 0, y, 0);

    /// <summary>A map of pixel numbers (centres at whole numbers) as a map of lengths (pixel i reaches from i to i + 1).</summary>
    public Homography FromCentres() => Translation(0.5, 0.5) * this * Translation(-0.5, -0.5);

    /// <summary>The map that undoes this one.</summary>
    public Homography Inverse()
    {
        var c00 = (B1 * C2) - (B2 * C1);
        var c10 = (B2 * C0) - (B0 * C2);
        var c20 = (B0 * C1) - (B1 * C0);
        var d = 1 / ((A0 * c00) + (A1 * c10) + (A2 * c20));
        return new(
            d * c00, d * ((A2 * C1) - (A1 * C2)), d * ((A1 * B2) - (A2 * B1)),
            d * c10, d * ((A0 * C2) - (A2 * C0)), d * ((A2 * B0) - (A0 * B2)),
            d * c20, d * ((A1 * C0) - (A0 * C1)), d * ((A0 * B1) - (A1 * B0)));
    }

    /// <summary>The image of a point in homogeneous coordinates.</summary>
    public (double X, double Y, double W) Map(double x, double y) => ((A0 * x) + (A1 * y) + A2, (B0 * x) + (B1 * y) + B2, (C0 * x) + (C1 * y) + C2);

    public static Homography operator *(Homography l, Homography r) => new(
        (l.A0 * r.A0) + (l.A1 * r.B0) + (l.A2 * r.C0), (l.A0 * r.A1) + (l.A1 * r.B1) + (l.A2 * r.C1), (l.A0 * r.A2) + (l.A1 * r.B2) + (l.A2 * r.C2),
        (l.B0 * r.A0) + (l.B1 * r.B0) + (l.B2 * r.C0), (l.B0 * r.A1) + (l.B1 * r.B1) + (l.B2 * r.C1), (l.B0 * r.A2) + (l.B1 * r.B2) + (l.B2 * r.C2),
        (l.C0 * r.A0) + (l.C1 * r.B0) + (l.C2 * r.C0), (l.C0 * r.A1) + (l.C1 * r.B1) + (l.C2 * r.C1), (l.C0 * r.A2) + (l.C1 * r.B2) + (l.C2 * r.C2));

    /// <summary>The map that takes four points to four others; the last entry of its matrix is 1.</summary>
    /// <exception cref="ArgumentException">Three of the points lie on a line, so that there is no such map.</exception>
    public static Homography Between(ReadOnlySpan<(double X, double Y)> from, ReadOnlySpan<(double X, double Y)> to)
    {
        // Two equations per point: x′ (c·p + 1) = a·p and y′ (c·p + 1) = b·p.
        var rows = new double[8][];
        for (var i = 0; i < 4; i++)
        {
            var ((x, y), (u, v)) = (from[i], to[i]);
            rows[2 * i] = [x, y, 1, 0, 0, 0, -u * x, -u * y, u];
            rows[(2 * i) + 1] = [0, 0, 0, x, y, 1, -v * x, -v * y, v];
        }
        for (var column = 0; column < 8; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < 8; row++) if (Math.Abs(rows[row][column]) > Math.Abs(rows[pivot][column])) pivot = row;
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            if (Math.Abs(rows[column][column]) < 1e-12) throw new ArgumentException("The points do not determine a projective map.", nameof(from));
            for (var row = 0; row < 8; row++)
            {
                if (row == column) continue;
                var factor = rows[row][column] / rows[column][column];
                for (var k = column; k < 9; k++) rows[row][k] -= factor * rows[column][k];
            }
        }
        var s = Enumerable.Range(0, 8).Select(i => rows[i][8] / rows[i][i]).ToArray();
        return new(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }
}
