using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Arithmetic with a second tensor or number; a trailing underscore works in place and gives back the same object.
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.add_Tensor.Call(this, target);
        public Tensor add(Tensor target, Scalar alpha) => Aten.add_Tensor.Call(this, target, alpha);
        public Tensor add(Scalar scalar) => Aten.add_Scalar.Call(this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add_Scalar.Call(this, scalar, alpha);
        public Tensor add_(Tensor target) => Aten.add__Tensor.Self(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Aten.add__Tensor.Self(this, target, alpha);
        public Tensor add_(Scalar scalar) => Aten.add__Scalar.Self(this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.add__Scalar.Self(this, scalar, alpha);
        public Tensor sub(Tensor target) => Aten.sub_Tensor.Call(this, target);
        public Tensor sub(Scalar scalar) => Aten.sub_Scalar.Call(this, scalar);
        public Tensor sub_(Tensor target) => Aten.sub__Tensor.Self(this, target);
        public Tensor sub_(Scalar scalar) => Aten.sub__Scalar.Self(this, scalar);
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor subtract(Scalar target) => sub(target);
        public Tensor mul(Tensor target) => Aten.mul_Tensor.Call(this, target);
        public Tensor mul(Scalar target) => Aten.mul_Scalar.Call(this, target);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor multiply(Scalar target) => mul(target);
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.div_Tensor.Call(this, target) : Aten.div_Tensor_mode.Call(this, target, ModeName(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.div_Scalar.Call(this, target) : Aten.div_Scalar_mode.Call(this, target, ModeName(rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor true_divide(Tensor other) => div(other);
        public Tensor floor_divide(Tensor other) => div(other, RoundingMode.floor);
        public Tensor fmod(Tensor target) => Aten.fmod_Tensor.Call(this, target);
        public Tensor remainder(Tensor target) => Aten.remainder_Tensor.Call(this, target);
        public Tensor pow(Tensor exponent) => Aten.pow_Tensor_Tensor.Call(this, exponent);
        public Tensor xlogy(Tensor y) => Aten.xlogy_Tensor.Call(this, y);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor true_divide(Scalar other) => div(other);
        public Tensor floor_divide(Scalar other) => div(other, RoundingMode.floor);
        public Tensor fmod(Scalar target) => Aten.fmod_Scalar.Call(this, target);
        public Tensor remainder(Scalar target) => Aten.remainder_Scalar.Call(this, target);
        public Tensor pow(Scalar exponent) => Aten.pow_Tensor_Scalar.Call(this, exponent);
        public Tensor xlogy(Scalar y) => Aten.xlogy_Scalar_Other.Call(this, y);
        public Tensor atan2(Tensor other) => Aten.atan2.Call(this, other);
        public Tensor copysign(Tensor other) => Aten.copysign_Tensor.Call(this, other);
        public Tensor heaviside(Tensor other) => Aten.heaviside.Call(this, other);
        public Tensor hypot(Tensor other) => Aten.hypot.Call(this, other);
        public Tensor gcd(Tensor other) => Aten.gcd.Call(this, other);
        public Tensor lcm(Tensor other) => Aten.lcm.Call(this, other);
        public Tensor nextafter(Tensor other) => Aten.nextafter.Call(this, other);
        public Tensor logical_and(Tensor other) => Aten.logical_and.Call(this, other);
        public Tensor logical_or(Tensor other) => Aten.logical_or.Call(this, other);
        public Tensor logical_xor(Tensor other) => Aten.logical_xor.Call(this, other);
        public Tensor ldexp(Tensor other) => Aten.ldexp_Tensor.Call(this, other);
        public Tensor arctan2(Tensor other) => atan2(other);
        public Tensor bitwise_and(Tensor other) => Aten.bitwise_and_Tensor.Call(this, other);
        public Tensor bitwise_or(Tensor other) => Aten.bitwise_or_Tensor.Call(this, other);
        public Tensor bitwise_xor(Tensor other) => Aten.bitwise_xor_Tensor.Call(this, other);
        public Tensor bitwise_left_shift(Tensor other) => Aten.bitwise_left_shift_Tensor.Call(this, other);
        public Tensor bitwise_right_shift(Tensor other) => Aten.bitwise_right_shift_Tensor.Call(this, other);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.addcdiv.Call(this, tensor1, tensor2);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv.Call(this, tensor1, tensor2, value);
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul.Call(this, tensor1, tensor2, value);
        public Tensor lerp(Tensor end, Tensor weight) => Aten.lerp_Tensor.Call(this, end, weight);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.clamp.Call(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.clamp_Tensor.Call(this, min, max);
        public Tensor clamp_max(Scalar max) => Aten.clamp_max.Call(this, max);
        public Tensor clamp_min(Scalar min) => Aten.clamp_min.Call(this, min);
        public Tensor float_power(Tensor target) => Aten.float_power_Tensor_Tensor.Call(this, target);
        public Tensor subtract_(Tensor target) => sub_(target);
        public Tensor subtract_(Scalar target) => sub_(target);
        public Tensor mul_(Tensor target) => Aten.mul__Tensor.Self(this, target);
        public Tensor mul_(Scalar target) => Aten.mul__Scalar.Self(this, target);
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.div__Tensor.Self(this, target) : Aten.div__Tensor_mode.Self(this, target, ModeName(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.div__Scalar.Self(this, target) : Aten.div__Scalar_mode.Self(this, target, ModeName(rounding_mode));
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor true_divide_(Tensor other) => div_(other);
        public Tensor floor_divide_(Tensor other) => div_(other, RoundingMode.floor);
        public Tensor fmod_(Tensor target) => Aten.fmod__Tensor.Self(this, target);
        public Tensor remainder_(Tensor target) => Aten.remainder__Tensor.Self(this, target);
        public Tensor pow_(Tensor exponent) => Aten.pow__Tensor.Self(this, exponent);
        public Tensor xlogy_(Tensor y) => Aten.xlogy__Tensor.Self(this, y);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor true_divide_(Scalar other) => div_(other);
        public Tensor floor_divide_(Scalar other) => div_(other, RoundingMode.floor);
        public Tensor fmod_(Scalar target) => Aten.fmod__Scalar.Self(this, target);
        public Tensor remainder_(Scalar target) => Aten.remainder__Scalar.Self(this, target);
        public Tensor pow_(Scalar exponent) => Aten.pow__Scalar.Self(this, exponent);
        public Tensor xlogy_(Scalar y) => Aten.xlogy__Scalar_Other.Self(this, y);
        public Tensor atan2_(Tensor other) => Aten.atan2_.Self(this, other);
        public Tensor copysign_(Tensor other) => Aten.copysign__Tensor.Self(this, other);
        public Tensor heaviside_(Tensor other) => Aten.heaviside_.Self(this, other);
        public Tensor gcd_(Tensor other) => Aten.gcd_.Self(this, other);
        public Tensor lcm_(Tensor other) => Aten.lcm_.Self(this, other);
        public Tensor nextafter_(Tensor other) => Aten.nextafter_.Self(this, other);
        public Tensor logical_and_(Tensor other) => Aten.logical_and_.Self(this, other);
        public Tensor logical_or_(Tensor other) => Aten.logical_or_.Self(this, other);
        public Tensor logical_xor_(Tensor other) => Aten.logical_xor_.Self(this, other);
        public Tensor ldexp_(Tensor other) => Aten.ldexp_.Self(this, other);
        public Tensor arctan2_(Tensor other) => atan2_(other);
        public Tensor bitwise_and_(Tensor other) => Aten.bitwise_and__Tensor.Self(this, other);
        public Tensor bitwise_or_(Tensor other) => Aten.bitwise_or__Tensor.Self(this, other);
        public Tensor bitwise_xor_(Tensor other) => Aten.bitwise_xor__Tensor.Self(this, other);
        public Tensor bitwise_left_shift_(Tensor other) => Aten.bitwise_left_shift__Tensor.Self(this, other);
        public Tensor bitwise_right_shift_(Tensor other) => Aten.bitwise_right_shift__Tensor.Self(this, other);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Aten.addcdiv_.Self(this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv_.Self(this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul_.Self(this, tensor1, tensor2, value);
        public Tensor lerp_(Tensor end, Tensor weight) => Aten.lerp__Tensor.Self(this, end, weight);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.clamp_.Self(this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.clamp__Tensor.Self(this, min, max);
        public Tensor clamp_max_(Scalar max) => Aten.clamp_max_.Self(this, max);
        public Tensor clamp_min_(Scalar min) => Aten.clamp_min_.Self(this, min);
        public Tensor float_power_(Tensor target) => Aten.float_power__Tensor.Self(this, target);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor maximum(Tensor other) => Aten.maximum.Call(this, other);
        public Tensor minimum(Tensor other) => Aten.minimum.Call(this, other);
        public Tensor fmax(Tensor other) => Aten.fmax.Call(this, other);
        public Tensor fmin(Tensor other) => Aten.fmin.Call(this, other);
        public Tensor logaddexp(Tensor other) => Aten.logaddexp.Call(this, other);
        public Tensor logaddexp2(Tensor other) => Aten.logaddexp2.Call(this, other);
        public Tensor igamma(Tensor other) => Aten.igamma.Call(this, other);
        public Tensor igammac(Tensor other) => Aten.igammac.Call(this, other);

        private static string ModeName(RoundingMode mode) => mode == RoundingMode.floor ? "floor" : "trunc";
    }
}
