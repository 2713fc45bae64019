import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `users`. */
export class UserRow extends Model<InferAttributes<UserRow>, InferCreationAttributes<UserRow>> {
  declare id: CreationOptional<string>;
  declare email: string;
  declare name: string;
  declare passwordHash: string | null;
  declare role: string;
  declare language: CreationOptional<string>;
  declare active: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare lastLoginAt: Date | null;

  static define(db: Sequelize): void {
    UserRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        email: { type: DataTypes.TEXT, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
        passwordHash: { type: DataTypes.TEXT },
        role: { type: DataTypes.TEXT, allowNull: false },
        language: { type: DataTypes.TEXT, allowNull: false },
        active: { type: DataTypes.BOOLEAN, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        lastLoginAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'users', modelName: 'users' },
    );
  }
}
